import { jsonParse } from 'n8n-workflow';
import { Refusal } from '../../refusal';
import { toText } from '../../toText';
import { plain, quoted } from './form';

export interface Choice {
	id: string;
	label: string;
}

/** The ID of the choice that a label or ID means. @throws Refusal naming the allowed labels */
export function choiceId(choices: Choice[], value: unknown, name: string): string {
	const text = toText(value);
	return find(choices, text)?.id ?? unknown(choices, text, name);
}

/**
 * The IDs of the choices that are given: a list, a JSON list as text, or text with commas or lines between the labels.
 * Labels that hold commas themselves are recognised. Each choice counts once.
 *
 * @throws Refusal naming the allowed labels
 */
export function choiceIds(choices: Choice[], value: unknown, name: string): string[] {
	const given = Array.isArray(value) ? value : typeof value === 'string' ? list(value) : [value];
	const ids = given.flatMap((entry: unknown) =>
		typeof entry === 'string'
			? split(choices, entry).map((text) => choiceId(choices, text, name))
			: [choiceId(choices, entry, name)],
	);
	return [...new Set(ids)];
}

function list(text: string): unknown[] {
	if (!text.trim().startsWith('[')) return [text];
	const parsed = jsonParse<unknown>(text, { fallbackValue: text });
	return Array.isArray(parsed) ? parsed : [text];
}

function split(choices: Choice[], text: string): string[] {
	return text.split(/\r?\n/).flatMap((line) => {
		const pieces = line.split(',');
		const labels: string[] = [];
		for (let from = 0; from < pieces.length; ) {
			const to = longestLabel(choices, pieces, from);
			labels.push(pieces.slice(from, to).join(',').trim());
			from = to;
		}
		return labels.filter((label) => label !== '');
	});
}

/** Where the longest run of pieces that is a label ends; one piece where none is. */
function longestLabel(choices: Choice[], pieces: string[], from: number): number {
	for (let to = pieces.length; to > from + 1; to--) {
		if (find(choices, pieces.slice(from, to).join(',').trim())) return to;
	}
	return from + 1;
}

function find(choices: Choice[], text: string): Choice | undefined {
	return (
		choices.find(({ id }) => id === text) ??
		choices.find(({ label }) => label === text) ??
		choices.find(({ label }) => plain(label) === plain(text))
	);
}

function unknown(choices: Choice[], text: string, name: string): never {
	throw new Refusal(
		`'${name}' has no choice '${text}'`,
		`Give ${quoted(choices.map(({ label }) => label))}.`,
	);
}
