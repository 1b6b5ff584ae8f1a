import type { Members } from './sdkMembers.mts';

type Api = Map<string, Members>;

/**
 * Compares two versions of the vendor's SDK.
 *
 * @param before what the version knows that the node was built against
 * @param after what the newest version knows
 * @param usedNames names that occur in the node's source. A member with such a name is marked, since the node may send or read it.
 * @returns Markdown lines, none if nothing has changed
 */
export function drift(before: Api, after: Api, usedNames: ReadonlySet<string>): string[] {
	return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((endpoint) => {
		const old = before.get(endpoint);
		const current = after.get(endpoint);
		if (old === undefined) return [`- ${endpoint} was added`];
		if (current === undefined) return [`- **${endpoint} was removed**`];
		const changes = changedMembers(old, current, usedNames);
		return changes.length > 0 ? [`- ${endpoint}`, ...changes] : [];
	});
}

function changedMembers(before: Members, after: Members, usedNames: ReadonlySet<string>): string[] {
	return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((member) => {
		const old = before.get(member);
		const current = after.get(member);
		if (old === current) return [];
		// A new object is one line, without a line for each of its members.
		const parent = member.replace(/(\.\w+|\[\])$/, '');
		if (before.has(parent) !== after.has(parent)) return [];
		return [
			`  - ${describe(member, old, current)}${isUsed(member, usedNames) ? ' **(used by the node)**' : ''}`,
		];
	});
}

function describe(member: string, before: string | undefined, after: string | undefined): string {
	if (before === undefined) return `\`${member}\` was added: ${after}`;
	if (after === undefined) return `\`${member}\` was removed: ${before}`;
	return `\`${member}\` was changed from ${before} to ${after}`;
}

function isUsed(member: string, usedNames: ReadonlySet<string>): boolean {
	return usedNames.has(member.replaceAll('[]', '').split('.').at(-1) ?? '');
}
