import { IsInt, IsString, Length, Max, Min } from 'class-validator';

export class CreateDiscountDto {
  @IsString()
  @Length(3, 20)
  code: string;

  @IsInt()
  @Min(1)
  @Max(90)
  percent: number;
}
