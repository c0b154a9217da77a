#!/usr/bin/env node
const { main } = require('./load.js');
main(process).then((code) => Object.assign(process, { exitCode: code }));
