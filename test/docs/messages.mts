import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The texts of an InvalidInputError in the sources, with `…` in place of each inserted value. */
interface Refusal {
	place: string;
	messages: string[];
	descriptions: string[];
}

function refusalsIn(file: string): Refusal[] {
	const code = readFileSync(file, 'utf8');
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	const found: Refusal[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node) && node.expression.getText() === 'InvalidInputError') {
			const [messages, descriptions] = (node.arguments ?? []).map(alternatives);
			const { line } = source.getLineAndCharacterOfPosition(node.getStart());
			found.push({ place: `${file}:${line + 1}`, messages, descriptions });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function alternatives(text: ts.Expression): string[] {
	if (ts.isConditionalExpression(text)) {
		return [text.whenTrue, text.whenFalse].flatMap(alternatives);
	}
	if (ts.isStringLiteralLike(text)) return [text.text];
	if (!ts.isTemplateExpression(text)) return [];
	return [[text.head.text, ...text.templateSpans.map(({ literal }) => literal.text)].join('…')];
}

/** The texts of every InvalidInputError in the nodes. */
export const refusals = readdirSync('nodes', { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.flatMap((file) => refusalsIn(join('nodes', file)));
