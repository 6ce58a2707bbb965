/**
 * Letters: what the hub writes by mail. One source gives the plain text and the HTML, so that both say
 * the same. Whatever a person typed is cleaned and set apart: it is no markup, no second line, and
 * turns no direction of what stands beside it.
 *
 * @module
 */
import { accentColors } from '#lib/domain/vendor/accent.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { footDe, lettersDe } from './letters-de.ts';
import { footEn, lettersEn } from './letters-en.ts';
import type { LetterFace, LetterKind, Letters, LetterTexts, Paragraph, Typed } from './letters.ts';

const texts: Record<Language, LetterTexts> = { en: lettersEn, de: lettersDe };
const feet = { en: footEn, de: footDe };

export type WrittenLetter = { subject: string; text: string; html: string };

export function writeLetter<K extends LetterKind>(
	kind: K,
	facts: Letters[K],
	language: Language,
	/** Whose letter it is. [VF1] */
	face: LetterFace = {}
): WrittenLetter {
	const { subject, paragraphs: said } = texts[language][kind](facts);
	const foot = feet[language](face);
	const paragraphs = foot.length > 0 ? [...said, { say: foot }] : said;
	const title = subject.map((part) => (typeof part === 'string' ? part : clean(part.typed)));
	const written = { subject: title.join(''), text: textOf(paragraphs) };
	return { ...written, html: htmlOf(written.subject, paragraphs, { language, face }) };
}

/** The line of a letter that its reader needs: the link or the code. */
export function gistOf(text: string): string | undefined {
	return /^(https?:\/\/\S+|[A-Z0-9]{6,12})$/m.exec(text)?.[1];
}

const TYPED_LIMIT = 100;

/** No line break, no control character and no mark of direction; not longer than a name may be. */
function clean(typed: string): string {
	const plain = typed.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
	const signs = Array.from(plain);
	return signs.length > TYPED_LIMIT ? `${signs.slice(0, TYPED_LIMIT).join('')}…` : plain;
}

/** First strong isolate and its end: a name in Hebrew turns nothing around it. (UAX #9) */
const [ISOLATE, END_OF_ISOLATE] = ['\u2068', '\u2069'];

function textOf(paragraphs: readonly Paragraph[]): string {
	const inline = (parts: readonly (string | Typed)[]) =>
		parts
			.map((part) =>
				typeof part === 'string' ? part : `${ISOLATE}${clean(part.typed)}${END_OF_ISOLATE}`
			)
			.join('');
	const lines = paragraphs.map((paragraph) => {
		if ('say' in paragraph) return inline(paragraph.say);
		return 'code' in paragraph ? paragraph.code : paragraph.link;
	});
	return `${lines.join('\n\n')}\n`;
}

function htmlOf(
	subject: string,
	paragraphs: readonly Paragraph[],
	{ language, face }: { language: Language; face: LetterFace }
): string {
	const { accent, on } =
		face.accent === undefined ? { accent: '#1f5fbf', on: '#fff' } : accentColors(face.accent).light;
	const inline = (parts: readonly (string | Typed)[]) =>
		parts
			.map((part) =>
				typeof part === 'string' ? escape(part) : `<bdi>${escape(clean(part.typed))}</bdi>`
			)
			.join('');
	const blocks = paragraphs.map((paragraph) => {
		if ('say' in paragraph) return `<p>${inline(paragraph.say)}</p>`;
		if ('code' in paragraph)
			return `<p style="font:600 28px/1.4 monospace;letter-spacing:.15em">${escape(paragraph.code)}</p>`;
		const link = escape(paragraph.link);
		return (
			`<p><a href="${link}" style="display:inline-block;padding:10px 20px;border-radius:6px;` +
			`background:${accent};color:${on};text-decoration:none">${inline(paragraph.label)}</a></p>` +
			`<p style="font-size:13px;word-break:break-all">${link}</p>`
		);
	});
	return [
		`<!doctype html><html lang="${language}" dir="ltr"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width">',
		`<meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>`,
		'<body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:24px auto;padding:0 16px">',
		...blocks,
		'</body></html>'
	].join('\n');
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => entities[sign]!);
}
