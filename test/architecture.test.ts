/** What docs/ARCHITECTURE.md promises about the shape of the code, read from the code. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/* ------------------------------------------------------- who may import whom */

/** Folder of src -> what its files may import: paths inside src, Node's modules, packages. Tried in order. */
const MAY_IMPORT: { readonly [folder: string]: readonly RegExp[] } = {
  losses: [/^losses\//],
  io: [/^io\//, /^node:/, /^(csv-parse|yauzl)(\/|$)/],
  engine: [/^engine\//, /^losses\//, /^io\/(batch|fault)\.ts$/],
  cli: [
    /^cli\//,
    /^\.\.\/package\.json$/,
    /^engine\//,
    /^losses\/(index|define|libraries|roles)\.ts$/,
    /^io\/(open|formats|pieces|limits|batch|batch-rows|fault|tables\/\w+|inspect\/\w+)\.ts$/,
    /^node:/,
    /^(commander|chalk|cli-table3|string-width|tinyglobby|yaml)$/,
  ],
};

/** Node's threads: to compute faster, in two files, and to decode hostile bytes where they cannot take the verdict along. */
const THREADS = /^(cli\/threads\/(crew|worker)|io\/guard\/(guard|serve))\.ts$/;

/** Renderers are functions from a result to text: no files, no process, no engine but its result types. */
const RENDERERS = [
  /^cli\/render\//,
  /^engine\/(compare\/)?result\.ts$/,
  /^losses\/(define|libraries|range)\.ts$/,
  /^io\/fault\.ts$/,
  /^(chalk|cli-table3|string-width)$/,
];

function mayImport(file: string, target: string): boolean {
  if (target === 'node:worker_threads') return THREADS.test(file);
  const allowed = file.startsWith('cli/render/') ? RENDERERS : (MAY_IMPORT[file.split('/')[0] as string] ?? []);
  return allowed.some((pattern) => pattern.test(target));
}

/** Specifiers of imports and re-exports; of dynamic imports as well. Comments are left aside. */
function specifiers(code: string): { fixed: string[]; dynamic: string[] } {
  const lines = code.split('\n').filter((line) => !/^\s*(\/\/|\/?\*)/.test(line));
  const all = (pattern: RegExp) => Array.from(lines.join('\n').matchAll(pattern), ([, specifier]) => specifier as string);
  return {
    fixed: all(/^(?:import|export)(?:\s+(?:type\s+)?[\w$*{}\s,]+?\s+from)?\s*['"]([^'"]+)['"]/gm),
    dynamic: all(/\bimport\(\s*['"]([^'"]+)['"]/g),
  };
}

/** A relative specifier as a path inside src; anything else as it is. */
function resolved(file: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

function importsOf(file: string, code: string): string[] {
  const { fixed, dynamic } = specifiers(code);
  return [...fixed, ...dynamic].map((specifier) => resolved(file, specifier));
}

function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const all = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return all.filter((file) => file.endsWith(ending) && !file.includes('node_modules')).sort();
}

const SOURCES = filesBelow('src', '.ts').map((file) => ({ file, code: read(`src/${file}`) }));

describe('imports', () => {
  it('of every file are allowed for its folder', () => {
    const forbidden = SOURCES.flatMap(({ file, code }) =>
      importsOf(file, code)
        .filter((target) => !mayImport(file, target))
        .map((target) => `src/${file} imports ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('are found in each of their forms', () => {
    const code = [
      "import { a } from './a.ts';",
      "import type {\n  B,\n} from './b.ts';",
      "import './c.ts';",
      "export { d } from './d.ts';",
      "const e = () => import('./e.ts');",
      "// import './comment.ts';",
      " * import('./comment.ts')",
      "const text = 'from';",
      "export const f = 'not an import';",
    ].join('\n');
    expect(importsOf('io/x.ts', code)).toEqual(['io/a.ts', 'io/b.ts', 'io/c.ts', 'io/d.ts', 'io/e.ts']);
  });

  // The checker must be able to fail: each of these is what it is there to catch.
  it.each([
    ['losses/regression/huber.ts', '../../engine/result.ts'],
    ['losses/regression/huber.ts', '../../io/fault.ts'],
    ['losses/index.ts', 'node:fs'],
    ['losses/index.ts', 'chalk'],
    ['io/csv.ts', '../losses/index.ts'],
    ['io/csv.ts', '../engine/result.ts'],
    ['io/csv.ts', 'commander'],
    ['engine/run.ts', '../io/csv.ts'],
    ['engine/run.ts', '../io/open.ts'],
    ['engine/run.ts', '../cli/output.ts'],
    ['engine/run.ts', 'node:fs'],
    ['engine/run.ts', 'node:worker_threads'],
    ['cli/main.ts', '../io/csv.ts'],
    ['cli/main.ts', '../losses/math/exact-sum.ts'],
    ['cli/main.ts', 'apache-arrow'],
    ['io/parquet/table.ts', 'hyparquet'],
    ['io/parquet/table.ts', 'node:worker_threads'],
    ['cli/render/json.ts', '../../engine/run.ts'],
    ['cli/render/json.ts', '../commands/list.ts'],
    ['cli/render/json.ts', 'node:fs'],
    ['elsewhere/x.ts', './y.ts'],
  ])('would not let %s import %s', (file, specifier) => {
    expect(mayImport(file, resolved(file, specifier))).toBe(false);
  });

  it.each([
    ['engine/bind.ts', '../io/batch.ts'],
    ['cli/threads/crew.ts', 'node:worker_threads'],
    ['io/open.ts', 'node:zlib'],
    ['io/guard/guard.ts', 'node:worker_threads'],
    ['io/parquet/table.ts', './decode/decoder.ts'],
    ['cli/main.ts', '../io/formats.ts'],
  ])('let %s import %s', (file, specifier) => {
    expect(mayImport(file, resolved(file, specifier))).toBe(true);
  });

  it('form no cycle; a module loaded later may know its loader', () => {
    const graph = SOURCES.map(
      ({ file, code }) => [file, specifiers(code).fixed.map((specifier) => resolved(file, specifier))] as const,
    );
    expect(cycleIn(new Map(graph))).toEqual([]);
    expect(
      cycleIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });
});

/** The first cycle, or nothing. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length) return cycle;
    }
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length) return cycle;
  }
  return [];
}

describe('the process', () => {
  const touches = (code: string) =>
    /(?<![\w.])process[.[]|node:process|globalThis|\bconsole\./.test(code.replace(/^\s*(\/\/|\/?\*).*$/gm, ''));

  it('is touched by src/cli alone, and there not by renderers', () => {
    const pure = SOURCES.filter(({ file }) => !file.startsWith('cli/') || file.startsWith('cli/render/'));
    expect(pure.filter(({ code }) => touches(code)).map(({ file }) => file)).toEqual([]);
  });

  it('would be noticed', () => {
    expect(touches('  process.exit(1);')).toBe(true);
    expect(touches("  console.log('x');")).toBe(true);
    expect(touches('  // process.exit ends it')).toBe(false);
    expect(touches('  world.process.stdout')).toBe(false);
  });
});

/* ------------------------------------------------------------- the compiler */

describe('the compiler', () => {
  const config = (folder: string) => JSON.parse(read(`src/${folder}/tsconfig.json`));

  it.each([
    ['losses', []],
    ['io', []],
    ['engine', ['../losses']],
    ['cli', ['../losses', '../io', '../engine']],
  ])('is told what src/%s may import', (folder, references) => {
    expect((config(folder).references ?? []).map(({ path }: { path: string }) => path)).toEqual(references);
  });

  it('knows Node only in io and cli, and two files of io in engine', () => {
    const node = ['losses', 'io', 'engine', 'cli'].filter((folder) => config(folder).compilerOptions.types?.includes('node'));
    expect(node).toEqual(['io', 'cli']);
    expect(JSON.parse(read('tsconfig.base.json')).compilerOptions.types).toEqual([]);
    expect(config('engine').include).toEqual(['**/*.ts', '../io/batch.ts', '../io/fault.ts']);
  });

  it('refuses a forbidden import, and Node in a kernel', () => {
    const copy = mkdtempSync(join(tmpdir(), 'lossctl-types-')); // the settings, with files of its own: quick
    const put = (file: string, code: string) => {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), code);
    };
    try {
      for (const file of ['tsconfig.base.json', 'src/losses/tsconfig.json', 'src/engine/tsconfig.json'])
        cpSync(join(ROOT, file), join(copy, file));
      for (const file of ['batch', 'fault', 'csv']) put(`src/io/${file}.ts`, `export const ${file} = 1;\n`);
      put('package.json', '{ "type": "module" }');
      put('src/losses/good.ts', 'export const good = 1;\n');
      put('src/engine/good.ts', "import { batch } from '../io/batch.ts';\nexport const good = batch;\n");
      const tsc = () =>
        spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--build', 'src/engine'], {
          cwd: copy,
          encoding: 'utf8',
        });
      expect(tsc()).toMatchObject({ status: 0, stdout: '' });
      put('src/losses/bad.ts', "import { fault } from '../io/fault.ts';\nexport const bad = fault;\nconsole.log(process.argv);\n");
      put('src/engine/bad.ts', "import { csv } from '../io/csv.ts';\nexport const bad = csv;\n");
      const { status, stdout } = tsc();
      expect(status).not.toBe(0);
      expect(stdout).toMatch(/io\/fault\.ts' is not (under 'rootDir'|listed within the file list)/);
      expect(stdout).toMatch(/bad\.ts\(3,1\): error .*'console'/);
      expect(stdout).toMatch(/bad\.ts\(3,13\): error .*'process'/);
      expect(stdout).toMatch(/io\/csv\.ts' is not listed within the file list/);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

/* ----------------------------------------------------------------- the files */

describe('the files', () => {
  it('are short: none above 400 lines', () => {
    const written = ['src', 'test', 'tools', 'bench'].flatMap((folder) =>
      ['.ts', '.js'].flatMap((ending) => filesBelow(folder, ending).map((file) => `${folder}/${file}`)),
    );
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((file) => read(file).trimEnd().split('\n').length > 400)).toEqual([]);
  });

  it('begin with a thin edge: bin has three lines', () => {
    expect(read('bin/lossctl.js').trimEnd().split('\n')).toEqual([
      '#!/usr/bin/env node',
      "const { main } = require('./load.js');",
      'main(process).then((code) => Object.assign(process, { exitCode: code }));',
    ]);
  });

  it('name no registry and no path of the machine they were written on', () => {
    const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const files = tracked.split('\0').filter(Boolean);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => names(readFileSync(join(ROOT, file), 'latin1')))).toEqual([]);
  });

  it('would be found if they did', () => {
    expect(names(`see ${['registry', 'npmjs', 'org'].join('.')}`)).toBe(true);
    expect(names(`cd ${['', 'home', 'me'].join('/')}`)).toBe(true);
    expect(names('a network/x, src/work/y, https://doi.org/10.1')).toBe(false);
  });

  it('lock versions and hashes, not hosts', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const entries = Object.entries<{ integrity?: string; resolved?: string }>(packages).filter(([name]) => name !== '');
    expect(entries.filter(([, entry]) => entry.resolved !== undefined || !entry.integrity).map(([name]) => name)).toEqual([]);
  });
});

/** Spelt in parts, or this file would name them. */
const REGISTRIES = [
  ['npmjs', 'org'],
  ['npmjs', 'com'],
  ['yarnpkg', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['deb.debian', 'org'],
];
const MACHINE_PATH = /(?<![\w.~-])\/(?:home|root|work|Users)\/[\w.]/;

function names(text: string): boolean {
  return REGISTRIES.some((parts) => text.includes(parts.join('.'))) || MACHINE_PATH.test(text);
}
