import { join } from 'node:path';
import { readWorkflows } from '../../../scripts/lib/demo.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

/**
 * One version of the ready-made workflows.
 *
 * @typedef {object} WorkflowSet
 * @property {string} title
 * @property {string} suffix keeps the data that this set creates apart from that of other sets
 * @property {(id: string) => string} idOf the ID that a ready-made workflow has in this set
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
	idOf: (id) => id,
	workflows: readWorkflows(),
	fillsSheet: true,
	hasContacts: true,
	reportWording: {
		subject: 'Compliance report for',
		allClear: ['nothing needs attention', 'Every driver has all required qualifications'],
	},
};

/** n8n 1.x stores the state of a trigger only if the ID of the workflow has at most 16 characters. */
const idOf100 = (id) => `${id.slice(0, 12)}v100`;

/**
 * The workflows of version 1.0.0, unchanged except for the ID: importing a workflow in the editor gives it a new one, too.
 *
 * @type {WorkflowSet}
 */
export const savedWith100 = {
	title: 'Workflows saved with 1.0.0',
	suffix: 'v100',
	idOf: idOf100,
	workflows: readWorkflows(join(root, 'test', 'saved', '1.0.0', 'workflows')).map((workflow) => ({
		...workflow,
		id: idOf100(workflow.id),
	})),
	fillsSheet: false,
	hasContacts: false,
	reportWording: {
		subject: 'Compliance report of',
		allClear: ['all is well', 'Every driver holds what is required'],
	},
};
