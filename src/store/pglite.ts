import { PGlite } from '@electric-sql/pglite';

// PGlite's own settings assume a database that is the main thing of its process; ours holds a few hundred rows. With the
// defaults it takes 130 MB more memory and 35 MB more disk.
const settings = {
  shared_buffers: '8MB',
  wal_buffers: '256kB',
  max_connections: '5',
  min_wal_size: '4MB',
  max_wal_size: '32MB',
};

/** Opens the database in `directory` (made when absent). Fails, in several ways, when its files are damaged. */
export function openPglite(directory: string): Promise<PGlite> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return PGlite.create({
    dataDir: directory,
    startParams: [...PGlite.defaultStartParams, ...options],
    initDbStartParams: ['--wal-segsize=1'],
  });
}
