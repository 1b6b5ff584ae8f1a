import type { IDataObject } from 'n8n-workflow';
import type { PollBudget } from './pollBudget';
import type { TriggerState } from './state';

/** What a trigger does with the settings of one poll. */
export interface Watch {
	/** Rows for a test in the editor. @throws InvalidInputError if there is nothing to use as a sample */
	sample(): Promise<IDataObject[]>;
	/** The rows to emit, and what to remember. Whoever calls it stores both or neither. */
	detect(
		previous: TriggerState | undefined,
		budget: PollBudget,
	): Promise<{ rows: IDataObject[]; state: Omit<TriggerState, 'version'> }>;
}
