import { IsInt, Min } from 'class-validator';

export class StockCountDto {
  @IsInt()
  @Min(0)
  onHand: number;
}
