/**
 * Codes inside facts, by the names people know: kinds of tokens, and what was wrong with a text.
 *
 * @module
 */
import type { Language } from './message.ts';

type Names = { types: Record<string, string>; reasons: Record<string, string> };

const names: Record<Language, Names> = {
	en: {
		types: {
			'hub-key': 'server key',
			trust: 'trust file',
			license: 'license key',
			'activation-request': 'activation request',
			activation: 'activation file',
			refusal: 'refusal',
			revocation: 'revocation list',
			allotment: 'offline seats',
			return: 'return',
			receipt: 'receipt',
			usage: 'usage report'
		},
		reasons: {
			archive: 'the archive cannot be opened',
			certificate: 'its certificate is not trusted on this computer',
			'no-site': 'it is no license server',
			'no-proof': 'it did not prove its answer',
			'no-license': 'it shows no license of this vendor',
			'other-lease': 'its lease was signed by somebody else, or for another client',
			'not-there': 'there is no such file, or the server may not read it',
			'no-certificate': 'it contains no certificate (PEM)',
			'no-key': 'it contains no private key without a passphrase (PEM)',
			'no-pair': 'it does not belong to the certificate',
			ended: 'the certificate has expired',
			'other-name': 'the certificate is for another name than the address',
			base45: 'it contains characters that do not belong there',
			base64url: 'it contains characters that do not belong there',
			checksum: 'its check characters do not match, so a character was lost or changed',
			content: 'its content has an unexpected form',
			depth: 'it is nested too deeply',
			'duplicate-key': 'it contains the same name twice',
			'forbidden-key': 'it contains a name that is not allowed',
			text: 'a text contains a control character',
			deflate: 'its content cannot be unpacked',
			'desk-export': 'it is not an export of this app',
			empty: 'it is empty',
			'end-missing': 'its last line is missing',
			'foreign-sign': 'it contains a character that does not belong there',
			frame: 'its numbering is wrong',
			'frames-missing': 'some of its codes are missing',
			header: 'its header has an unexpected form',
			json: 'its content has an unexpected form',
			label: 'its first line names another kind of file',
			length: 'it is longer than allowed',
			missing: 'it is missing',
			html: 'it is a web page, and it contains nothing from Keyferry',
			mail: 'it is a saved e-mail, and it contains nothing from Keyferry',
			'nothing-found': 'it contains nothing from Keyferry',
			order: 'its parts are in the wrong order',
			prefix: 'it starts with something else',
			segments: 'it does not have three parts',
			'several-blocks': 'it contains several files where one is expected',
			short: 'it is too short',
			'signature-length': 'its signature has the wrong length',
			type: 'it is of an unknown kind',
			unreadable: 'it could not be read, perhaps the stick was removed',
			unrecognized_keys: 'it contains something that this version does not know',
			invalid_type: 'it has the wrong type',
			invalid_value: 'its value is not one of those allowed',
			invalid_format: 'it has the wrong format',
			too_big: 'it is too long',
			too_small: 'it is too short',
			'utf-8': 'it is not text',
			quotation: 'a quotation mark is out of place',
			'too-many-rows': 'it has too many rows',
			'name-column-missing': 'there is no column called name',
			'unknown-column': 'there is a column that is unknown, or there twice',
			'sign-in': 'it refuses the user or the password',
			tls: 'it does not agree to an encrypted connection',
			unreachable: 'there is no answer',
			database: 'it answers with an error'
		}
	},
	de: {
		types: {
			'hub-key': 'Serverschlüssel',
			trust: 'Vertrauensdatei',
			license: 'Lizenzschlüssel',
			'activation-request': 'Aktivierungsanforderung',
			activation: 'Aktivierungsdatei',
			refusal: 'Ablehnung',
			revocation: 'Sperrliste',
			allotment: 'Offline-Plätze',
			return: 'Rückgabe',
			receipt: 'Quittung',
			usage: 'Nutzungsbericht'
		},
		reasons: {
			archive: 'das Archiv lässt sich nicht öffnen',
			certificate: 'diesem Rechner ist das Zertifikat nicht vertrauenswürdig',
			'no-site': 'es ist kein Lizenzserver',
			'no-proof': 'die Antwort ist nicht bewiesen',
			'no-license': 'keine Lizenz dieses Herstellers wird vorgezeigt',
			'other-lease': 'der Lease wurde von jemand anderem signiert oder für einen anderen Client',
			'not-there': 'es gibt sie nicht, oder der Server darf sie nicht lesen',
			'no-certificate': 'sie enthält kein Zertifikat (PEM)',
			'no-key': 'sie enthält keinen privaten Schlüssel ohne Passwort (PEM)',
			'no-pair': 'sie gehört nicht zum Zertifikat',
			ended: 'das Zertifikat ist abgelaufen',
			'other-name': 'das Zertifikat gilt für einen anderen Namen als die Adresse',
			base45: 'es enthält Zeichen, die dort nicht hingehören',
			base64url: 'es enthält Zeichen, die dort nicht hingehören',
			checksum: 'die Prüfzeichen passen nicht, ein Zeichen ging verloren oder wurde verändert',
			content: 'der Inhalt hat eine andere Form',
			depth: 'es ist zu tief verschachtelt',
			'duplicate-key': 'derselbe Name kommt zweimal vor',
			text: 'ein Text enthält ein Steuerzeichen',
			'forbidden-key': 'es enthält einen Namen, der nicht erlaubt ist',
			deflate: 'der Inhalt lässt sich nicht entpacken',
			'desk-export': 'es ist kein Export dieser App',
			empty: 'es ist leer',
			'end-missing': 'die letzte Zeile fehlt',
			'foreign-sign': 'es enthält ein Zeichen, das dort nicht hingehört',
			frame: 'die Nummerierung stimmt nicht',
			'frames-missing': 'einige seiner Codes fehlen',
			header: 'der Kopf hat eine andere Form',
			json: 'der Inhalt hat eine andere Form',
			label: 'die erste Zeile nennt eine andere Art von Datei',
			length: 'es ist länger als erlaubt',
			missing: 'die Angabe fehlt',
			html: 'es ist eine Webseite und enthält nichts von Keyferry',
			mail: 'es ist eine gespeicherte E-Mail und enthält nichts von Keyferry',
			'nothing-found': 'es enthält nichts von Keyferry',
			order: 'die Teile stehen in der falschen Reihenfolge',
			prefix: 'der Anfang ist anders',
			segments: 'es hat nicht drei Teile',
			'several-blocks': 'es enthält mehrere Dateien, wo eine erwartet wird',
			short: 'es ist zu kurz',
			'signature-length': 'die Signatur hat die falsche Länge',
			type: 'die Art ist unbekannt',
			unreadable: 'es ließ sich nicht lesen, vielleicht wurde der Stick abgezogen',
			unrecognized_keys: 'es enthält etwas, das diese Version nicht kennt',
			invalid_type: 'der Typ stimmt nicht',
			invalid_value: 'der Wert ist keiner der erlaubten',
			invalid_format: 'das Format stimmt nicht',
			too_big: 'es ist zu lang',
			too_small: 'es ist zu kurz',
			'utf-8': 'es ist kein Text',
			quotation: 'ein Anführungszeichen steht am falschen Platz',
			'too-many-rows': 'sie hat zu viele Zeilen',
			'name-column-missing': 'eine Spalte name fehlt',
			'unknown-column': 'eine Spalte ist unbekannt oder doppelt',
			'sign-in': 'er lehnt Benutzer oder Passwort ab',
			tls: 'er lässt sich nicht auf eine verschlüsselte Verbindung ein',
			unreachable: 'er antwortet nicht',
			database: 'er antwortet mit einem Fehler'
		}
	}
};

/** What kind of file or token it is; a kind of a newer version keeps its code. */
export function typeName(type: string, language: Language): string {
	return own(names[language].types, type);
}

/** What was wrong, as the end of a sentence; free text stays as it is. */
export function reasonText(reason: string, language: Language): string {
	return own(names[language].reasons, reason);
}

function own(table: Record<string, string>, code: string): string {
	return Object.hasOwn(table, code) ? (table[code] ?? code) : code;
}
