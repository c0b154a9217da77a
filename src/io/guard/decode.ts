/** Entry of dist/decode.cjs: every decoder that runs behind the guard. */
import { parquetDecoder } from '../parquet/decode/decoder.ts';
import { serve } from './serve.ts';

serve({ parquet: parquetDecoder });
