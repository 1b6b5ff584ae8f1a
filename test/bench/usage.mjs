import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execaSync } from 'execa';

const TICKS_PER_SECOND = Number(execaSync('getconf', ['CLK_TCK']).stdout);
const QUIET_SHARE = 0.1;
const QUIET_PATIENCE_MS = 20_000;

/** Processor seconds that a process has used so far, in all its threads. */
export function cpuSeconds(pid) {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The second member is the name in brackets, which may hold blanks.
	const members = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [user, system] = [Number(members[11]), Number(members[12])];
	return (user + system) / TICKS_PER_SECOND;
}

/** The most memory that a process ever had resident, in MB. */
export function peakMegabytes(pid) {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Number(kilobytes) / 1024;
}

/** Waits until a process that has just started has nothing left to do, at most 20 s. */
export async function settled(pid) {
	const deadline = Date.now() + QUIET_PATIENCE_MS;
	for (let before = cpuSeconds(pid); Date.now() < deadline; ) {
		await sleep(1000);
		const now = cpuSeconds(pid);
		if (now - before < QUIET_SHARE) return;
		before = now;
	}
}
