import type { INodePropertyOptions } from 'n8n-workflow';

/** Four labels make 15 combinations; five would make 31. */
const MAX_LABELS = 4;

/**
 * Options that stand for several labels at once, single labels first: the drop-downs of n8n's resource mapper allow one
 * choice only.
 *
 * @returns undefined if there would be too many; then several values are typed, separated by commas
 */
export function combinations(labels: string[]): INodePropertyOptions[] | undefined {
	if (labels.length === 0 || labels.length > MAX_LABELS) return undefined;
	return labels
		.reduce<string[][]>(
			(all, label) => [...all, ...all.map((combination) => [...combination, label])],
			[[]],
		)
		.filter((combination) => combination.length > 0)
		.sort((a, b) => a.length - b.length)
		.map((combination) => combination.join(', '))
		.map((text) => ({ name: text, value: text }));
}
