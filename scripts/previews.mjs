// Generates the output previews (nodes/Samsara/__schema__) from what the operations return on the simulator. Review the
// changes before you commit them: an added or removed column affects existing workflows.
process.env.WRITE_PREVIEWS = '1';
process.argv.push('test/nodes/Samsara/previews.test.ts');
await import('./test.mjs');
