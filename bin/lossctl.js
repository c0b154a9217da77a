#!/usr/bin/env node
const { main } = require('../dist/lossctl.cjs');
main(process).then((code) => Object.assign(process, { exitCode: code }));
