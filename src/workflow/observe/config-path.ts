/** Where a repository keeps its configuration. */
export const configPath = '.github/database-lead.yml';
