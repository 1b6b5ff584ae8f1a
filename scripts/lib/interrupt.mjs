const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const ORPHAN_CHECK_MS = 500;

// Imported only when needed: setup runs before the packages that it imports are installed.
async function stopProcesses() {
	const { stopAll } = await import('./process.mjs');
	await stopAll();
}

/**
 * Stops all child processes and then this process when it is interrupted. npm sends a signal only to its shell, which does
 * not pass it on, so under npm the end of the parent process counts as an interrupt, too.
 *
 * @param {() => Promise<void>} [stopChildren]
 * @returns {{ interrupted: boolean }} says whether this process has been interrupted
 */
export function stopOnInterrupt(stopChildren = stopProcesses) {
	const state = { interrupted: false };
	const end = async (exitCode) => {
		if (state.interrupted) return;
		state.interrupted = true;
		await stopChildren();
		process.exit(exitCode);
	};
	for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
		process.on(signal, () => void end(exitCode));
	}
	if (process.env.npm_lifecycle_event) {
		const parent = process.ppid;
		const check = () => process.ppid !== parent && void end(EXIT_CODES.SIGTERM);
		setInterval(check, ORPHAN_CHECK_MS).unref();
	}
	return state;
}
