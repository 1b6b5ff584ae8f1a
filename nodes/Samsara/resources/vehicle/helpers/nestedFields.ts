import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../../common/errors';
import { toText } from '../../../common/coercion';
import { readFieldValue, specsOf } from '../../../fields/fieldSpecs';

const inputAndType: INodeProperties[] = [
	{
		displayName: 'Input',
		name: 'input',
		type: 'options',
		options: Array.from({ length: 13 }, (_, index) => ({
			name: String(index + 1),
			value: index + 1,
		})),
		default: 1,
		description: 'Inputs 3 to 13 need a gateway with an expander',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Auxiliary Engine', value: 'auxiliaryEngine' },
			{ name: 'Boom', value: 'boom' },
			{ name: 'Door', value: 'door' },
			{ name: 'Eight-Way Lights', value: 'eightWayLights' },
			{ name: 'Emergency Alarm', value: 'emergencyAlarm' },
			{ name: 'Emergency Lights', value: 'emergencyLights' },
			{ name: 'Front Axle Drive', value: 'frontAxleDrive' },
			{ name: 'Generator', value: 'generator' },
			{ name: 'None', value: 'none' },
			{ name: 'Other', value: 'other' },
			{ name: 'Panic Button', value: 'panicButton' },
			{ name: 'Plow', value: 'plow' },
			{ name: 'Power Take-Off', value: 'powerTakeOff' },
			{ name: 'Power Take-Off (ECU)', value: 'ecuPowerTakeOff' },
			{ name: 'Privacy Button', value: 'privacyButton' },
			{ name: 'Reefer', value: 'reefer' },
			{ name: 'Salter', value: 'salter' },
			{ name: 'Secondary Fuel Source', value: 'secondaryFuelSource' },
			{ name: 'Stop Paddle', value: 'stopPaddle' },
			{ name: 'Sweeper', value: 'sweeper' },
			{ name: 'Weight Sensor', value: 'weightSensor' },
		],
		default: 'none',
		description: 'What is connected to the input',
	},
];

const weightAndUnit: INodeProperties[] = [
	{ displayName: 'Weight', name: 'weight', type: 'number', default: 0 },
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		options: [
			{ name: 'Kilograms', value: 'kg' },
			{ name: 'Pounds', value: 'lb' },
		],
		default: 'lb',
	},
];

/** Fields that consist of several inputs. */
export const nestedFields: INodeProperties[] = [
	{
		displayName: 'Auxiliary Inputs',
		name: 'auxInputs',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Auxiliary Input',
		default: {},
		description: 'What is connected to the inputs of the gateway. Other inputs stay as they are.',
		options: [{ displayName: 'Auxiliary Input', name: 'inputs', values: inputAndType }],
	},
	{
		displayName: 'Gross Vehicle Weight',
		name: 'grossVehicleWeight',
		type: 'fixedCollection',
		placeholder: 'Add Weight',
		default: {},
		description: 'Samsara returns it only if the organization uses commercial speed limits',
		options: [{ displayName: 'Weight', name: 'weight', values: weightAndUnit }],
	},
];

const auxiliaryInputSpecs = specsOf(inputAndType);
const weightSpecs = specsOf(weightAndUnit);

/** Reads these fields. Rows without a type or weight are left out. @throws InvalidInputError */
export function readNestedFields({ auxInputs, grossVehicleWeight }: IDataObject): IDataObject {
	const fields: IDataObject = {};
	const { inputs } = (auxInputs ?? {}) as { inputs?: unknown };
	for (const { input, type } of (Array.isArray(inputs) ? inputs : []) as IDataObject[]) {
		if (toText(type) === '') continue;
		const name = `auxInputType${readFieldValue(input, auxiliaryInputSpecs.input)}`;
		if (name in fields) {
			throw new InvalidInputError(
				`'Auxiliary Inputs' has the input ${toText(input)} twice`,
				'Remove one of the two.',
			);
		}
		fields[name] = readFieldValue(type, auxiliaryInputSpecs.type);
	}
	const { weight: row } = (grossVehicleWeight ?? {}) as { weight?: IDataObject };
	if (toText(row?.weight) !== '') {
		fields.grossVehicleWeight = {
			weight: readFieldValue(row?.weight, { ...weightSpecs.weight, label: 'Gross Vehicle Weight' }),
			unit: readFieldValue(row?.unit, weightSpecs.unit),
		};
	}
	return fields;
}
