export const port = () => process.env.YIZHAN_PORT;
