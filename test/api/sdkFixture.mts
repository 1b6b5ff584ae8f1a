import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sdkMembers } from './sdkMembers.mts';
import type { Members } from './sdkMembers.mts';

/** The SDK that the tests use. */
export const SDK_FOLDER = resolve('node_modules/@samsarahq/samsara');

/** A call as a client of the SDK declares it, with the method and URL that its code names. */
export interface SdkCall {
	endpoint: string;
	declaration: string;
}

/** The members of a small SDK with the given calls, each of them a method of one client. */
export function membersOf(calls: SdkCall[]): Map<string, Members> {
	const folder = mkdtempSync(join(tmpdir(), 'samsara-sdk-'));
	try {
		const client = join(folder, 'dist/esm/api/resources/things/client');
		mkdirSync(client, { recursive: true });
		writeFileSync(join(client, 'Client.mjs'), calls.map(code).join('\n'));
		const methods = calls.map(({ declaration }) => declaration).join('\n');
		writeFileSync(
			join(client, 'Client.d.mts'),
			`${TYPES}export declare class Client {\n${methods}\n}\n`,
		);
		return sdkMembers(
			folder,
			calls.map(({ endpoint }) => endpoint),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const TYPES = `interface HttpResponsePromise<T> extends Promise<T> {}
interface Page<Item, Response> { items: Item[]; response: Response }
`;

function code({ endpoint, declaration }: SdkCall): string {
	const [verb, path] = endpoint.split(' /');
	const url = path.replace('{id}', '${core.url.encodePathParam(id)}');
	return `    __${declaration.split('(')[0]}(request, requestOptions) {
        core.fetcher({
            url: core.url.join(this._options.baseUrl, \`${url}\`),
            method: "${verb}",
        });
    }`;
}
