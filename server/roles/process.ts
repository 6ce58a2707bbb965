/** What a process of any role is to whoever serves it. */
export type Process = {
	/** Answers one request. */
	fetch: (request: Request, env: object) => Response | Promise<Response>;
	/** Once it listens: it is ready, and what happens by time begins. */
	begin(url: string): Promise<void>;
	/** Takes up keys and trust as the folder holds them now. */
	reload(): Promise<void>;
	/** After the last answer. */
	close(): Promise<void>;
};
