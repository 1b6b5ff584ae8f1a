import { StatusError } from './client.mts';
import type { LiveClient } from './client.mts';
import { readFacts } from './readFacts.mts';
import type { Fact, Verdict } from './readFacts.mts';
import { Throwaway, clean } from './throwaway.mts';
import type { Runs } from './throwaway.mts';
import { writeFacts } from './writeFacts.mts';

export const facts = [...readFacts, ...writeFacts];

const NOT_CHECKED = 'not checked';

/** What was seen. */
export interface Result extends Pick<Fact, 'id' | 'question' | 'assumes'> {
	reading?: string;
	seen: string;
	verdict: Verdict | typeof NOT_CHECKED;
}

interface Options {
	/** Whether to create things. */
	write?: boolean;
	/** Ends the check early. */
	signal?: AbortSignal;
	/** Called for each result. */
	onResult?: (result: Result) => void;
}

/**
 * Checks all facts one after the other. What was created is removed at the end, whatever happens.
 *
 * @returns the results, none of which contains anything of the account but what the facts say
 * @throws Error if something with the prefix exists, or if something could not be removed
 */
export async function check(
	live: LiveClient,
	journal: Runs,
	{ write = false, signal, onResult = () => {} }: Options,
): Promise<Result[]> {
	const things = write ? await Throwaway.start(live, journal) : undefined;
	const results: Result[] = [];
	try {
		for (const fact of write ? facts : readFacts) {
			if (signal?.aborted) break;
			const result = await checkFact(fact, live, things);
			results.push(result);
			onResult(result);
		}
	} finally {
		if (write) await clean(live, journal);
	}
	return results;
}

async function checkFact(fact: Fact, live: LiveClient, things?: Throwaway): Promise<Result> {
	const { id, question, assumes, readings } = fact;
	const result = { id, question, assumes };
	try {
		const reading = await fact.read(live, things!);
		if (reading === undefined) {
			return { ...result, seen: 'This account has nothing to see it by', verdict: NOT_CHECKED };
		}
		const [seen, verdict] = readings[reading];
		return { ...result, reading, seen, verdict };
	} catch (error) {
		// Other messages might quote something of the account.
		const seen = error instanceof StatusError ? error.message : 'The response was not understood';
		return { ...result, seen, verdict: NOT_CHECKED };
	}
}

/** Questions of docs/open-questions.md that no check answers yet. */
export const UNANSWERED = [
	'Can the photo of an existing driver be changed by file?',
	'Does a filter by tag include the tags below it?',
	'How long can the cursor of a list be used?',
];

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The results as a page that can be attached to an issue. */
export function report(
	results: Result[],
	{ version, region, write }: { version: string; region: string; write: boolean },
): string {
	const rows = results.map((result) =>
		[result.question, result.seen, result.assumes, result.verdict].map(cell).join(' | '),
	);
	const mode = write ? 'reads and writes' : 'reads only';
	return [
		`# Check of a live account`,
		'',
		`n8n-nodes-samsara ${version}, region ${region}, ${mode}. This page has no names, IDs, or tokens.`,
		'',
		'| Question | What was seen | What the node assumes | Verdict |',
		'|---|---|---|---|',
		...rows.map((row) => `| ${row} |`),
		'',
		'Not checked by this command:',
		'',
		...UNANSWERED.map((question) => `- ${question}`),
		'',
	].join('\n');
}
