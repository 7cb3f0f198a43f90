import type { Tool } from '../history.ts';
import { atlas } from './atlas.ts';
import { dbmate } from './dbmate.ts';
import { diesel } from './diesel.ts';
import { flyway } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import { numbered } from './numbered.ts';
import { prisma } from './prisma.ts';
import { sqlx } from './sqlx.ts';
import type { MigrationTool } from './tool.ts';

/** Every migration tool we know. */
export const migrationTools: readonly MigrationTool[] = [
  golangMigrate,
  prisma,
  diesel,
  flyway,
  dbmate,
  goose,
  atlas,
  sqlx,
  nodePgMigrate,
  numbered,
];

const byId = new Map(migrationTools.map((tool) => [tool.id, tool]));

/** The tool of that name. */
export function toolOf(id: Tool): MigrationTool {
  return byId.get(id) ?? numbered;
}
