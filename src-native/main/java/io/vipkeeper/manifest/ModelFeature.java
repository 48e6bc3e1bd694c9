package io.vipkeeper.manifest;

import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/** Jackson writes the manifests by reflection: of those parts of the model that the program can make, and no others. */
final class ModelFeature implements Feature {
    @Override
    public String getDescription() {
        return "Lets the manifests be written as YAML";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerSubtypeReachabilityHandler((during, type) -> register(type), KubernetesResource.class);
        access.registerSubtypeReachabilityHandler((during, type) -> register(type), AnyType.class);
    }

    private static void register(Class<?> type) {
        RuntimeReflection.register(type);
        RuntimeReflection.register(type.getDeclaredFields());
        RuntimeReflection.register(type.getMethods());
        // A serializer may be that of a superclass: IntOrString has AnyType's.
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            JsonSerialize own = level.getAnnotation(JsonSerialize.class);
            if (own != null && own.using() != JsonSerializer.None.class) {
                RuntimeReflection.register(own.using());
                RuntimeReflection.register(own.using().getDeclaredConstructors());
            }
        }
    }
}
