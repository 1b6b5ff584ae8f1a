// Writes the output previews (nodes/Samsara/__schema__) from what the operations give out on the simulator. Look at
// the difference before it goes in: a column that comes or goes is a change that people's workflows meet.
process.env.WRITE_PREVIEWS = '1';
process.argv.push('test/nodes/Samsara/previews.test.ts');
await import('./test.mjs');
