export interface PostgresSettings {
  readonly port: number;
  /** Folder of the socket; undefined where its path would be too long or the system has none. */
  readonly socketFolder: string | undefined;
  /**
   * Whether an acknowledged commit survives a power cut. Off, the last moments may be lost, in order: only for a replay,
   * which does them again.
   */
  readonly isDurable: boolean;
}

/** For a small machine with one product on it; what is not named keeps PostgreSQL's default, which is durable. */
export function postgresArguments(cluster: string, { port, socketFolder, isDurable }: PostgresSettings): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketFolder ?? '',
    unix_socket_permissions: '0700',
    // Enough for several processes of each service, and no more than a few megabytes.
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    jit: 'off',
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
