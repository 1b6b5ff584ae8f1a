import { driverAdapter } from '../shared/entityAdapters';
import { updateOperation } from '../shared/entityOperations';
import { driverFields, driverFieldSpecs, updateOnlyFields } from './helpers/fields';
import { withNestedFields } from './helpers/nestedFields';
import { saveDriver } from './helpers/saveDriver';
import { validateDriver } from './helpers/validateDriver';

export const update = updateOperation(
	{ ...driverAdapter, update: saveDriver },
	{
		action: 'Update driver',
		description:
			'Update some fields of a driver, or activate or deactivate the driver. Other fields stay as they are.',
	},
	[...updateOnlyFields, ...driverFields],
	driverFieldSpecs,
	{ validate: validateDriver, complete: withNestedFields },
);
