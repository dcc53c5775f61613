package io.greenfinch.gateway.picture;

/**
 * A square of pixels, scaled to another size: smaller by averaging what falls together, larger by blending neighbours.
 * Works on plain arrays, since the desktop's own scaling would start a graphics environment.
 */
final class Square {

    private static final int CHANNELS = 3;

    private Square() {}

    /**
     * Scales.
     *
     * @param pixels {@code side * side} pixels of three bytes
     * @return {@code target * target} pixels of three bytes
     */
    static byte[] scaled(byte[] pixels, int side, int target) {
        float[][] weights = new float[target][];
        int[] first = new int[target];
        for (int i = 0; i < target; i++) {
            weigh(side, target, i, first, weights);
        }
        float[] narrow = new float[side * target * CHANNELS];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < target; x++) {
                for (int c = 0; c < CHANNELS; c++) {
                    float sum = 0;
                    for (int k = 0; k < weights[x].length; k++) {
                        sum += weights[x][k] * (pixels[(y * side + first[x] + k) * CHANNELS + c] & 0xFF);
                    }
                    narrow[(y * target + x) * CHANNELS + c] = sum;
                }
            }
        }
        byte[] result = new byte[target * target * CHANNELS];
        for (int y = 0; y < target; y++) {
            for (int i = 0; i < target * CHANNELS; i++) {
                float sum = 0;
                for (int k = 0; k < weights[y].length; k++) {
                    sum += weights[y][k] * narrow[(first[y] + k) * target * CHANNELS + i];
                }
                result[y * target * CHANNELS + i] = (byte) Math.clamp(Math.round(sum), 0, 255);
            }
        }
        return result;
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
    static byte[] upright(byte[] pixels, int side, int orientation) {
        if (orientation == 1) {
            return pixels;
        }
        int last = side - 1;
        byte[] turned = new byte[pixels.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int from = switch (orientation) {
                    case 2 -> y * side + (last - x);
                    case 3 -> (last - y) * side + (last - x);
                    case 4 -> (last - y) * side + x;
                    case 5 -> x * side + y;
                    case 6 -> (last - x) * side + y;
                    case 7 -> (last - x) * side + (last - y);
                    default -> x * side + (last - y);
                };
                System.arraycopy(pixels, from * CHANNELS, turned, (y * side + x) * CHANNELS, CHANNELS);
            }
        }
        return turned;
    }
}
