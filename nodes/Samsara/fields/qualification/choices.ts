import { jsonParse } from 'n8n-workflow';
import { InvalidInputError } from '../../common/errors';
import { toText } from '../../common/toText';
import { normalize, quoteList } from './formFields';

export interface Choice {
	id: string;
	label: string;
}

/** The ID of the choice that a label or ID means. @throws InvalidInputError naming the allowed labels */
export function choiceId(choices: Choice[], value: unknown, name: string): string {
	const text = toText(value);
	return findChoice(choices, text)?.id ?? throwUnknownChoice(choices, text, name);
}

/**
 * The IDs of the choices that are given: a list, a JSON list as text, or text with commas or lines between the labels.
 * Labels that hold commas themselves are recognised. Each choice counts once.
 *
 * @throws InvalidInputError naming the allowed labels
 */
export function choiceIds(choices: Choice[], value: unknown, name: string): string[] {
	const entries = Array.isArray(value)
		? value
		: typeof value === 'string'
			? parseList(value)
			: [value];
	const ids = entries.flatMap((entry: unknown) =>
		typeof entry === 'string'
			? splitLabels(choices, entry).map((text) => choiceId(choices, text, name))
			: [choiceId(choices, entry, name)],
	);
	return [...new Set(ids)];
}

function parseList(text: string): unknown[] {
	if (!text.trim().startsWith('[')) return [text];
	const parsed = jsonParse<unknown>(text, { fallbackValue: text });
	return Array.isArray(parsed) ? parsed : [text];
}

function splitLabels(choices: Choice[], text: string): string[] {
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
		if (findChoice(choices, pieces.slice(from, to).join(',').trim())) return to;
	}
	return from + 1;
}

function findChoice(choices: Choice[], text: string): Choice | undefined {
	return (
		choices.find(({ id }) => id === text) ??
		choices.find(({ label }) => label === text) ??
		choices.find(({ label }) => normalize(label) === normalize(text))
	);
}

function throwUnknownChoice(choices: Choice[], text: string, name: string): never {
	throw new InvalidInputError(
		`'${name}' has no choice '${text}'`,
		`Give ${quoteList(choices.map(({ label }) => label))}.`,
	);
}
