/**
 * The last line of .ci/run: `N passed, N failed`, from vitest's JSON report, and the exit code.
 * Usage: node tools/count-tests.js REPORT CHECK_CODE TEST_CODE
 */
import { readFileSync } from 'node:fs';

const [report = '', checkCode, testCode] = process.argv.slice(2);
const { passed, failed } = count(read(report));
const broken = failed + Number(checkCode !== '0');

// A run that ends badly, or without a single test, has failed, whatever it counted.
const code = Number(testCode) || Number(checkCode) || Number(passed === 0 || failed > 0);
console.log(`\n${passed} passed, ${code ? Math.max(broken, 1) : 0} failed`);
process.exitCode = code;

/** @param {string} path */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}

/** A file that does not even load has no tests: it counts as one that failed. */
function count({ numPassedTests, numFailedTests, testResults }) {
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}
