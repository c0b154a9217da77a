#!/usr/bin/env node
import { main } from '../dist/lossctl.js';
process.exitCode = await main(process);
