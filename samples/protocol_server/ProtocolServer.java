import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;

/** Serves MongoDB's protocol on 127.0.0.1, from memory: for tests only. The argument is the port. */
public class ProtocolServer {
    /** Clients of today refuse the protocol's versions that the library itself names. */
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(7, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 21;
        }
    };

    /** Takes commands of sessions like any other; it has no transactions. */
    private static final class Backend extends MemoryBackend {
        @Override
        public Document handleCommand(
                Channel channel, String database, String command, Document query) {
            if (command.equalsIgnoreCase("endSessions")) {
                return new Document("ok", 1.0);
            }
            Document answer = super.handleCommand(channel, database, command, query);
            if (command.equalsIgnoreCase("isMaster")) {
                answer.put("logicalSessionTimeoutMinutes", 30);
            }
            return answer;
        }
    }

    public static void main(String[] arguments) {
        MemoryBackend backend = new Backend();
        backend.version(VERSION);
        new MongoServer(backend).bind("127.0.0.1", Integer.parseInt(arguments[0]));
    }
}
