/**
 * German: how this app is installed.
 *
 * @module
 */
import type { InstallTexts } from '../en/install.ts';

export const installDe: InstallTexts = {
	install: 'App installieren',
	ios: 'Tippen Sie in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“.',
	menu: 'Öffnen Sie das Menü dieses Browsers und wählen Sie „Installieren“ oder „Zum Startbildschirm hinzufügen“.',
	dock: 'Wählen Sie in Safari im Menü „Ablage“ den Befehl „Zum Dock hinzufügen“.',
	none: 'Dieser Browser kann keine Apps installieren. Öffnen Sie diese Seite dazu in Chrome, Edge oder Safari.',
	installed: 'Installiert.'
};
