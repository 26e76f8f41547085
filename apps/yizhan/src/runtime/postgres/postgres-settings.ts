export interface PostgresSettings {
  readonly port: number;
  /** Folder of the socket; undefined where its path would be too long or the system has none. */
  readonly socketFolder: string | undefined;
  /** Size of the disk that the cluster lies on, bytes. */
  readonly diskBytes: number;
  /**
   * Whether an acknowledged commit survives a power cut. Off, the last moments may be lost, in order: only for a replay,
   * which does them again.
   */
  readonly isDurable: boolean;
}

/** What a power cut must find, said in so many words: the command line goes before every file in the cluster. */
const throughPowerCuts = { fsync: 'on', full_page_writes: 'on' } as const;

/** Its own log takes at most a tenth of a small disk, or it would fill one that has room. */
function walSizes(diskBytes: number): { max_wal_size: string; min_wal_size: string } {
  const most = Math.min(2_048, Math.max(64, Math.floor(diskBytes / 10 / 2 ** 20)));
  return { max_wal_size: `${most}MB`, min_wal_size: `${Math.max(32, Math.floor(most / 8))}MB` };
}

/** For a small machine with one product on it; what is not named keeps PostgreSQL's default. */
export function postgresArguments(
  cluster: string,
  { port, socketFolder, diskBytes, isDurable }: PostgresSettings,
): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketFolder ?? '',
    unix_socket_permissions: '0700',
    // Enough for several processes of each service, and no more than a few megabytes.
    max_connections: '200',
    shared_buffers: '256MB',
    ...walSizes(diskBytes),
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    jit: 'off',
    ...throughPowerCuts,
    synchronous_commit: isDurable ? 'on' : 'off',
    log_checkpoints: 'off',
    // A failed statement is told to whoever sent it; its text holds values.
    log_min_error_statement: 'panic',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
