/** The rules of `junit-10.xsd`, by which the xUnit plugin of Jenkins accepts a report, as far as a report of ours could use them. */
import type { XmlNode } from './xml.ts';

interface Rule {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly children?: readonly string[];
  readonly text?: true;
}

const OUTCOME: Rule = { optional: ['type', 'message'], text: true };

const RULES: Readonly<Record<string, Rule>> = {
  testsuites: { optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { children: ['property'] },
  property: { required: ['name', 'value'] },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: OUTCOME,
  error: OUTCOME,
  skipped: OUTCOME,
  'system-out': { text: true },
  'system-err': { text: true },
};

/** What the schema would refuse, and counts that the cases do not bear out. */
export function junitFaults(root: XmlNode): string[] {
  const faults = root.name === 'testsuites' || root.name === 'testsuite' ? [] : [`root <${root.name}>`];
  const visit = (node: XmlNode): void => {
    const { required = [], optional = [], children = [], text } = RULES[node.name] ?? {};
    if (!RULES[node.name]) faults.push(`<${node.name}>`);
    for (const name of required) if (!node.attributes.has(name)) faults.push(`<${node.name}> without ${name}`);
    for (const name of node.attributes.keys())
      if (![...required, ...optional].includes(name)) faults.push(`<${node.name} ${name}>`);
    for (const child of node.children) if (!children.includes(child.name)) faults.push(`<${child.name}> in <${node.name}>`);
    if (!text && node.text.trim()) faults.push(`text in <${node.name}>`);
    if (node.name.startsWith('testsuite')) faults.push(...countFaults(node));
    node.children.forEach(visit);
  };
  visit(root);
  return faults;
}

function casesIn(node: XmlNode): XmlNode[] {
  return node.children.flatMap((child) => (child.name === 'testcase' ? [child] : casesIn(child)));
}

function countFaults(suite: XmlNode): string[] {
  const cases = casesIn(suite);
  const withChild = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length;
  const found = { tests: cases.length, failures: withChild('failure'), errors: withChild('error'), skipped: withChild('skipped') };
  return Object.entries(found)
    .filter(([name, count]) => suite.attributes.has(name) && suite.attributes.get(name) !== String(count))
    .map(([name, count]) => `${name}: ${count} counted`);
}
