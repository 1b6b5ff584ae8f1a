import type { Resource } from '../../execution/operation';
import { archive } from './archive';
import { checkCompliance } from './checkCompliance';
import { create } from './create';
import { remove } from './delete';
import { downloadFiles } from './downloadFiles';
import { get } from './get';
import { getAll } from './getAll';
import { unarchive } from './unarchive';
import { update } from './update';
import { upsert } from './upsert';

export const qualificationRecord: Resource = {
	name: 'Qualification Record',
	value: 'qualificationRecord',
	operations: [
		archive,
		checkCompliance,
		create,
		upsert,
		remove,
		downloadFiles,
		get,
		getAll,
		unarchive,
		update,
	],
	defaultOperation: getAll.value,
};
