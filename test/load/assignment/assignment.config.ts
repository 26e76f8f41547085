/** The Python that has scipy. */
export const python = process.env['YIZHAN_PYTHON'] ?? 'python3';
