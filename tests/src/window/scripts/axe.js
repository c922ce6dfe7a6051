const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
    (result) => done(result.violations.map(({ id, impact, help, nodes }) => ({
        id, impact, help, where: nodes.map((node) => `${node.html} ${node.failureSummary}`),
    }))),
    (error) => done([{ id: 'axe', impact: 'critical', help: String(error), where: [] }]),
);
