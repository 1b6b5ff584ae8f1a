import type { Operation, Resource } from '../execution/operation';
import { asset } from './asset';
import { attribute } from './attribute';
import { driver } from './driver';
import { equipment } from './equipment';
import { trailer } from './trailer';
import { vehicle } from './vehicle';
import { qualificationRecord } from './qualificationRecord';
import { qualificationType } from './qualificationType';

/** Every resource, in the order of the drop-down. */
export const resources: Resource[] = [
	qualificationRecord,
	qualificationType,
	driver,
	vehicle,
	trailer,
	equipment,
	asset,
	attribute,
];

/** Finds an operation by the values stored in the node. @throws Error for values that no version of this node has had */
export function findOperation(resource: string, operation: string): Operation {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (!found)
		throw new Error(`The operation '${operation}' of the resource '${resource}' does not exist`);
	return found;
}
