package io.greenfinch.gateway.picture;

/**
 * A square of pixels, each with red, green and blue in its lowest three bytes. Scaling works on plain arrays, since the
 * desktop's own would start a graphics environment.
 *
 * @param pixels {@code side * side} of them; never to be changed
 */
record Square(int[] pixels, int side) {

    /** Of another size: smaller by averaging what falls together, larger by blending neighbours. */
    Square scaled(int target) {
        float[][] weights = new float[target][];
        int[] first = new int[target];
        for (int i = 0; i < target; i++) {
            weigh(side, target, i, first, weights);
        }
        int[] result = new int[target * target];
        for (int shift = 0; shift <= 16; shift += 8) {
            float[] narrow = new float[side * target];
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < target; x++) {
                    float sum = 0;
                    for (int k = 0; k < weights[x].length; k++) {
                        sum += weights[x][k] * (pixels[y * side + first[x] + k] >> shift & 0xFF);
                    }
                    narrow[y * target + x] = sum;
                }
            }
            for (int y = 0; y < target; y++) {
                for (int x = 0; x < target; x++) {
                    float sum = 0;
                    for (int k = 0; k < weights[y].length; k++) {
                        sum += weights[y][k] * narrow[(first[y] + k) * target + x];
                    }
                    result[y * target + x] |= Math.clamp(Math.round(sum), 0, 255) << shift;
                }
            }
        }
        return new Square(result, target);
    }

    /** Which pixels, and how much of each, make the {@code i}th one of the result. */
    private static void weigh(int side, int target, int i, int[] first, float[][] weights) {
        double scale = (double) side / target;
        if (scale < 1) {
            double centre = Math.clamp((i + 0.5) * scale - 0.5, 0, side - 1);
            int left = (int) centre;
            float right = (float) (centre - left);
            first[i] = left;
            weights[i] = left + 1 < side ? new float[] {1 - right, right} : new float[] {1};
            return;
        }
        double from = i * scale;
        double to = Math.min((i + 1) * scale, side);
        int begin = (int) from;
        int end = Math.min((int) Math.ceil(to), side);
        first[i] = begin;
        weights[i] = new float[end - begin];
        for (int k = begin; k < end; k++) {
            weights[i][k - begin] = (float) ((Math.min(k + 1, to) - Math.max(k, from)) / (to - from));
        }
    }

    /** The same square as it looks when the camera was held like that: Exif's numbers 1 to 8. */
    Square upright(int orientation) {
        int last = side - 1;
        int[] turned = new int[pixels.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int from = switch (orientation) {
                    case 2 -> y * side + (last - x);
                    case 3 -> (last - y) * side + (last - x);
                    case 4 -> (last - y) * side + x;
                    case 5 -> x * side + y;
                    case 6 -> (last - x) * side + y;
                    case 7 -> (last - x) * side + (last - y);
                    case 8 -> x * side + (last - y);
                    default -> y * side + x;
                };
                turned[y * side + x] = pixels[from];
            }
        }
        return new Square(turned, side);
    }
}
