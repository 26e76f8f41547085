export const save = (rows: { save(row: object): Promise<object> }) => rows.save({ id: 1 }); // planted
