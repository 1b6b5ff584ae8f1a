// Our own rules; eslint.config.mjs has to stay exactly as n8n wants it.
import parser from '@typescript-eslint/parser';
import jsdoc from 'eslint-plugin-jsdoc';

const exportedConstant = 'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator >';

export default [
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		languageOptions: { parser },
		// They are for the rules of eslint.config.mjs.
		linterOptions: { reportUnusedDisableDirectives: 'off' },
		rules: { 'max-lines': ['error', 250] },
	},
	{
		files: ['nodes/**/*.ts'],
		// What n8n calls there is documented by n8n.
		ignores: ['**/*.node.ts'],
		plugins: { jsdoc },
		rules: {
			'jsdoc/check-tag-names': ['error', { typed: true }],
			'jsdoc/empty-tags': 'error',
			'jsdoc/require-jsdoc': [
				'error',
				{
					contexts: [
						`${exportedConstant} ArrowFunctionExpression`,
						`${exportedConstant} FunctionExpression`,
					],
					enableFixer: false,
					publicOnly: true,
					require: { ClassDeclaration: true, FunctionDeclaration: true },
				},
			],
		},
	},
];
