/**
 * Providers that people may sign in with, as whoever runs the hub names them. [PE7]
 *
 * @module
 */

export type ProviderOptions = {
	/** In addresses: lower case letters, digits and hyphens. */
	id: string;
	/** What people call it. */
	title: string;
	clientId: string;
	clientSecret: string;
} & (
	| {
			/** Where its endpoints are described. (OpenID Connect Discovery 1.0) */
			issuer: string;
	  }
	| {
			/** One that knows no OpenID: whom it names, it says at `userinfo`, and no address of it counts. */
			endpoints: { authorization: string; token: string; userinfo: string };
			scope: string;
	  }
);

/** One whose endpoints are known. */
export type Provider = Pick<ProviderOptions, 'id' | 'title' | 'clientId' | 'clientSecret'> & {
	authorization: string;
	token: string;
	userinfo?: string;
	scope: string;
	/** Whether the secret goes into the form; by default it is a header. (RFC 6749, 2.3.1) */
	secretInForm: boolean;
	/** Absent where it knows no OpenID. */
	openId?: { issuer: string; keys: string };
};

/** What a provider says of somebody. */
export type ProviderPerson = {
	/** Theirs for ever at this provider. */
	subject: string;
	name?: string;
	/** In lower case; only where the provider says that it is verified. */
	provenEmail?: string;
};
