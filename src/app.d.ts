declare global {
	/** True in the kit's one-file desk, which never talks to a hub. */
	const __ONE_FILE__: boolean;
}

export {};
