import type { INodePropertyOptions } from 'n8n-workflow';

/** Four labels make 15 combinations; five would make 31. */
const MOST = 4;

/**
 * Choices that hold several labels at once, single ones first: n8n's drawn forms have no drop-down that takes several.
 *
 * @returns undefined where there are too many to look through; then several are typed with commas
 */
export function combinations(labels: string[]): INodePropertyOptions[] | undefined {
	if (labels.length === 0 || labels.length > MOST) return undefined;
	return labels
		.reduce<string[][]>((all, label) => [...all, ...all.map((some) => [...some, label])], [[]])
		.filter((some) => some.length > 0)
		.sort((a, b) => a.length - b.length)
		.map((some) => some.join(', '))
		.map((text) => ({ name: text, value: text }));
}
