import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Box {
	name: string;
	type: string;
	position: [number, number];
	parameters: { width?: number; height?: number };
}

const NOTE = 'n8n-nodes-base.stickyNote';
const NODE_WIDTH = 96;
/** With the name below it, which may take two lines. */
const NODE_HEIGHT = 150;

/** The files of the ready-made workflows. */
export const workflowFiles = readdirSync('workflows');

/** The left, top, right, and bottom edge. */
function edges({ type, position: [left, top], parameters }: Box): [number, number, number, number] {
	const { width = 0, height = 0 } =
		type === NOTE ? parameters : { width: NODE_WIDTH, height: NODE_HEIGHT };
	return [left, top, left + width, top + height];
}

function overlap(one: Box, other: Box): boolean {
	const [left, top, right, bottom] = edges(one);
	const [otherLeft, otherTop, otherRight, otherBottom] = edges(other);
	return left < otherRight && otherLeft < right && top < otherBottom && otherTop < bottom;
}

/** What the notes in a workflow cover, which people then cannot click or read. */
export function coveredByNotes(file: string): string[] {
	const { nodes } = JSON.parse(readFileSync(join('workflows', file), 'utf8')) as { nodes: Box[] };
	const notes = nodes.filter(({ type }) => type === NOTE);
	if (notes.length === 0) throw new Error(`${file} has no note`);
	return notes.flatMap((note) =>
		nodes
			.filter((node) => node !== note && overlap(note, node))
			.map(({ name }) => `${note.name} covers ${name}`),
	);
}

interface Webhook {
	webhookId?: string;
	parameters: { path?: string; options?: { path?: string } };
}

/** Addresses that n8n replaces when a workflow is imported: those that are the same as the ID of the webhook. */
export function lostPaths(file: string): string[] {
	const { nodes } = JSON.parse(readFileSync(join('workflows', file), 'utf8')) as {
		nodes: Webhook[];
	};
	return nodes.flatMap(({ webhookId, parameters: { path, options } }) =>
		[path, options?.path].filter((own): own is string => own !== undefined && own === webhookId),
	);
}
