import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { SamsaraClient } from '../api/client';
import { createTransport } from '../api/http';
import { RunContext } from '../api/runContext';
import { driverWatch } from './driverWatch';
import { pollBudget } from './pollBudget';
import { PollLock } from './pollLock';
import { recordWatch } from './recordWatch';
import { STATE_VERSION, stateFrom, type TriggerState } from './state';

/**
 * Polls once and returns the rows to emit, if any. The state is stored only after everything has been read, so the next
 * poll makes up for one that fails. A poll that starts while another one of the same node is running emits nothing, because
 * it would read the same state and emit the same records.
 *
 * @throws InvalidInputError, SamsaraApiError
 */
export async function poll(n8n: IPollFunctions): Promise<IDataObject[]> {
	const isOfDrivers = String(n8n.getNodeParameter('event')).startsWith('driver');
	const resolve = isOfDrivers ? driverWatch(n8n) : recordWatch(n8n);
	const budget = pollBudget(n8n);
	const start = async () =>
		await resolve(
			new RunContext(new SamsaraClient(await createTransport(n8n), budget.clientOptions)),
		);
	if (n8n.getMode() === 'manual') return await (await start()).sample();
	const lock = PollLock.acquire(n8n);
	if (!lock) return [];
	try {
		const watch = await start();
		const data = n8n.getWorkflowStaticData('node');
		const { rows, state } = await watch.detect(stateFrom(data), budget);
		if (!lock.isCurrent()) return [];
		const next: TriggerState = { version: STATE_VERSION, ...state };
		data.watch = next as unknown as IDataObject;
		return rows;
	} finally {
		lock.release();
	}
}
