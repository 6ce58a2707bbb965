/**
 * German: the screen that attaches licenses.
 *
 * @module
 */
import type { AttachTexts } from '../en/attach.ts';
import { licenseCount, moment } from './phrases.ts';

type Role = Parameters<AttachTexts['isNew']>[0];

const as: Record<Role, string> = {
	viewer: 'mit Leserechten',
	technician: 'für die Technik',
	manager: 'für die Lizenzverwaltung',
	owner: 'mit Inhaberrechten'
};

export const attachDe: AttachTexts = {
	title: 'Lizenzen hinzufügen',
	truth:
		'Was mit einer anderen Adresse gekauft wurde, sehen Sie mit einem Code, der an diese Adresse geht.',
	signIn: 'Melden Sie sich an oder registrieren Sie sich, um Lizenzen hinzuzufügen.',
	signInText: 'Danach kommen Sie hierher zurück.',
	ask: '1. Codes anfordern',
	things: 'Kauf-IDs, Lizenznummern oder Lizenzschlüssel',
	thingsHint: 'Eine pro Zeile.',
	files: 'Dateien hinzufügen',
	needThing: 'Geben Sie mindestens eine ein.',
	withoutLicense: (file) => `In „${file}“ ist keine Lizenz.`,
	tooMany: (limit) => `Höchstens ${limit} auf einmal.`,
	send: 'Codes senden',
	asked: 'Wenn es sie gibt, ging je ein Code an ihre Adresse.',
	askedUntil: (until) =>
		`In der E-Mail steht, wer fragt. Der Code gilt bis ${moment(until)}, und nur in Ihrem Konto. Eine Adresse bekommt nur wenige Codes pro Stunde.`,
	gone: 'Liest diese E-Mails niemand mehr? Der Hersteller kann die Adresse ändern.',
	yours: (things) => `Gehört schon Ihnen: ${things}`,
	enter: '2. Codes eingeben',
	codes: 'Codes aus der E-Mail',
	codesHint: 'Je acht Ziffern, einer pro Zeile.',
	needCode: 'Geben Sie die acht Ziffern eines Codes ein.',
	attach: 'Hinzufügen',
	attached: (customers) =>
		customers === 1 ? 'Eine Organisation hinzugefügt.' : `${customers} Organisationen hinzugefügt.`,
	isNew: (role) => `Sie gehören jetzt ${as[role]} dazu. Die Inhaber wurden per E-Mail informiert.`,
	isFirst: 'Sie haben jetzt die Inhaberrechte.',
	isOld: (role) => `Sie gehörten schon dazu, ${as[role]}.`,
	count: (count) => licenseCount(count),
	open: 'Lizenzen anzeigen',
	move: {
		title: 'Lizenz übertragen',
		truth: (number) =>
			`${number} wurde nie benutzt und kann deshalb an eine andere Ihrer Organisationen gehen.`,
		notTwo: 'Sie haben keine andere Organisation, an die sie gehen könnte.',
		unknown: 'Dieses Gerät kennt keine solche Lizenz.',
		to: 'Organisation',
		text: 'Sie behält ihre Nummer und bekommt einen neuen Schlüssel: Der alte weist nichts mehr nach. Die andere Organisation sieht sie dann, diese nicht mehr.',
		do: 'Lizenz übertragen',
		done: (number, place) => `${number} gehört jetzt zu ${place}.`
	},
	offline: 'Gerade gibt es keine Verbindung.'
};
