import { join } from 'node:path';
import { readWorkflows } from '../../../scripts/lib/demo.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

/**
 * One version of the ready-made workflows.
 *
 * @typedef {object} WorkflowSet
 * @property {string} title
 * @property {string} suffix keeps this set's workflow IDs, and the data it creates, apart from those of other sets
 * @property {object[]} workflows
 * @property {boolean} fillsSheet whether the nightly export also fills a data table, and makes formulas text
 * @property {boolean} hasContacts whether emails say how to reach the driver: email address and phone number
 * @property {{ subject: string, allClear: [string, string] }} reportWording what the emails of the weekly report say:
 *   the start of each subject, and the end of the subject and a sentence when nothing needs attention
 */

/** @type {WorkflowSet} */
export const readyMade = {
	title: 'Ready-made workflows',
	suffix: '',
	workflows: readWorkflows(),
	fillsSheet: true,
	hasContacts: true,
	reportWording: {
		subject: 'Compliance report for',
		allClear: ['nothing needs attention', 'Every driver has all required qualifications'],
	},
};

/**
 * The workflows of version 1.0.0, unchanged except for the ID: importing a workflow in the editor gives it a new one, too.
 *
 * @type {WorkflowSet}
 */
export const savedWith100 = {
	title: 'Workflows saved with 1.0.0',
	suffix: 'v100',
	workflows: readWorkflows(join(root, 'test', 'saved', '1.0.0', 'workflows')).map((workflow) => ({
		...workflow,
		id: `${workflow.id}v100`,
	})),
	fillsSheet: false,
	hasContacts: false,
	reportWording: {
		subject: 'Compliance report of',
		allClear: ['all is well', 'Every driver holds what is required'],
	},
};
