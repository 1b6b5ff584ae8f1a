import type { INodePropertyOptions } from 'n8n-workflow';

/** Four labels make 15 combinations; five would make 31. */
const MAX_LABELS = 4;

/**
 * Choices that hold several labels at once, single ones first: n8n's drawn forms have no drop-down that takes several.
 *
 * @returns undefined where there are too many to look through; then several are typed with commas
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
