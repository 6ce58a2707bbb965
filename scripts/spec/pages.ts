import { claimsPage } from './claims.ts';
import { httpPage } from './http.ts';
import { refusalsPage } from './refusals.ts';

/** The pages of `docs/spec`, by the names of their files. */
export async function specPages(): Promise<Record<string, string>> {
	return {
		'claims.md': claimsPage(),
		'refusals.md': await refusalsPage(),
		'http.md': await httpPage()
	};
}
