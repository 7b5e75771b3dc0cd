import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

export class ReviewDto {
  @IsInt()
  customerId: number;

  @IsInt()
  @Min(1)
  @Max(5)
  stars: number;

  @IsString()
  @MaxLength(2_000)
  text: string;
}
