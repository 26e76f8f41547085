/** Joins, to handoffs `h`, the timer `e` by which a driver who is asked has to accept: at its `due_at` the assignment ends. */
export const joinExpiry = `
  LEFT JOIN station.timers e
    ON h.state = 'assigned' AND e.kind = 'assignment_expiry' AND e.ref = h.handoff_id || '/' || h.assignment_no`;
