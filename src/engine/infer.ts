/** Usual column names -> roles. Only what a loss cannot do without is inferred; see docs/ARCHITECTURE.md. */
import { ROLES, type Role, type RoleName } from '../losses/roles.ts';
import { numbered } from './select.ts';

/** Columns that could play a role. */
export interface Candidate {
  readonly role: RoleName;
  readonly columns: readonly number[];
}

const SEPARATORS = /[\s._-]/g;

function plain(name: string): string {
  return name.trim().toLowerCase().replace(SEPARATORS, '');
}

/** All columns or families of columns whose name is usual for the role. A family with a gap is refused: a class would be lost. */
export function candidates(roleName: RoleName, columns: readonly string[]): Candidate[] {
  const { single, families } = namedFor(roleName, columns);
  return [...single, ...families.map((family) => ({ role: roleName, columns: numbered(family, roleName) }))];
}

/** The same for a look at a file: families with a gap are left out. */
export function likely(roleName: RoleName, columns: readonly string[]): Candidate[] {
  const { single, families } = namedFor(roleName, columns);
  return [...single, ...families.filter(isGapless).map((family) => ({ role: roleName, columns: numbered(family, roleName) }))];
}

type Member = Parameters<typeof numbered>[0][number];

function isGapless(family: readonly Member[]): boolean {
  const numbers = new Set(family.map(({ part }) => Number(part)));
  return numbers.size === family.length && Math.max(...numbers) - Math.min(...numbers) + 1 === numbers.size;
}

/** Columns, and families of at least two, by usual names. */
function namedFor(roleName: RoleName, columns: readonly string[]): { single: Candidate[]; families: Member[][] } {
  const role: Role = ROLES[roleName];
  const names = new Set(role.names.map(plain));
  const stems = new Set(role.stems.map(plain));
  const single = columns.flatMap((name, column) => (names.has(plain(name)) ? [{ role: roleName, columns: [column] }] : []));
  const families = new Map<string, Member[]>();
  columns.forEach((name, column) => {
    const match = /^(.*?)(\d+)$/s.exec(name.trim());
    if (!match || !stems.has(plain(match[1]))) return;
    const family = families.get(match[1]) ?? [];
    family.push({ column, name, part: match[2] });
    families.set(match[1], family);
  });
  return { single, families: [...families.values()].filter((family) => family.length > 1) };
}
