package io.greenfinch.simulator;

import io.greenfinch.simulator.picture.ServedPicture;
import io.greenfinch.simulator.world.World;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves pictures to whoever knows the path, and passes everything else on. */
final class PictureHandler extends Handler.Wrapper {

    private final World world;

    PictureHandler(World world, Handler others) {
        super(others);
        this.world = world;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(ServedPicture.FOLDER)) {
            return super.handle(request, response, callback);
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET here");
            return true;
        }
        String file = path.substring(ServedPicture.FOLDER.length());
        Optional<ServedPicture> picture = world.read(() -> world.pictures().served(file));
        if (picture.isEmpty()) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404, "there is no such picture");
            return true;
        }
        byte[] jpeg = picture.get().jpeg();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "image/jpeg");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, jpeg.length);
        response.write(true, ByteBuffer.wrap(jpeg), callback);
        return true;
    }
}
