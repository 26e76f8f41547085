import { env } from 'node:process'; // planted

export const port = () => process.env.YIZHAN_PORT ?? env.PORT; // planted
